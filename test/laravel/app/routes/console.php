<?php
use App\Conversation;
use Illuminate\Support\Facades\Artisan;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

// The database's first rows.
Artisan::command('app:seed {count}', function (int $count) {
    Schema::create('conversations', function ($table) {
        $table->increments('id');
        foreach (['uuid', 'assistant_id', 'assistant_name', 'type', 'created_at', 'updated_at'] as $name) $table->string($name);
        $table->integer('message_count');
        $table->double('total_cost');
        $table->boolean('ai_enabled');
        $table->index('updated_at');
    });
    $types = ['test', 'widget', 'whatsapp', 'api'];
    $begin = strtotime('2026-11-01 00:00:00 UTC');
    foreach (array_chunk(range(1, $count), 50) as $numbers) {
        DB::table('conversations')->insert(array_map(fn ($number) => [
            'uuid' => sprintf('00000000-0000-4000-8000-%012d', $number),
            'assistant_id' => 'c4a1b7d0-52e8-4f39-9d0e-7b1f3a6c221'.$number % 3,
            'assistant_name' => 'Clinic Desk '.$number % 3,
            // A type that the documentation doesn't have, now and then.
            'type' => $number % 1000 === 500 ? 'telegram' : $types[$number % 4],
            'created_at' => gmdate('Y-m-d H:i:s', $begin + $number * 600),
            'updated_at' => gmdate('Y-m-d H:i:s', $begin + $number * 600 + ($number * 7919) % 5000),
            'message_count' => $number % 12,
            'total_cost' => ($number % 7) / 100,
            'ai_enabled' => $number % 2,
        ], $numbers));
    }
});
