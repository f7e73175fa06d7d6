<?php
namespace App;

class ConversationResource extends \Illuminate\Http\Resources\Json\JsonResource
{
    public function toArray($request)
    {
        return $this->resource->row();
    }
}
