<?php
require_once 'Illuminate/autoload.php';

foreach (['Http/Kernel', 'Console/Kernel', 'Exceptions/Handler', 'Conversation', 'ConversationResource', 'Routes'] as $file) {
    require_once __DIR__."/../app/$file.php";
}

$app = new Illuminate\Foundation\Application(dirname(__DIR__));
$app->singleton(Illuminate\Contracts\Http\Kernel::class, App\Http\Kernel::class);
$app->singleton(Illuminate\Contracts\Console\Kernel::class, App\Console\Kernel::class);
$app->singleton(Illuminate\Contracts\Debug\ExceptionHandler::class, App\Exceptions\Handler::class);

return $app;
