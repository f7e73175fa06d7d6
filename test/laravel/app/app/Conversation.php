<?php
namespace App;

class Conversation extends \Illuminate\Database\Eloquent\Model
{
    public $timestamps = false;
    protected $guarded = [];
    protected $hidden = ['id', 'uuid'];
    protected $appends = [];
    protected $casts = ['message_count' => 'integer', 'total_cost' => 'float', 'ai_enabled' => 'boolean'];

    /** The platform's rows carry the UUID as their id; paging goes by the number. */
    public function row(): array
    {
        return ['id' => $this->uuid] + $this->attributesToArray();
    }

    public function toArray()
    {
        return $this->row();
    }
}
