<?php
namespace App;

class Routes extends \Illuminate\Foundation\Support\Providers\RouteServiceProvider
{
    public function boot()
    {
        // Any Bearer key is somebody's: the throttle counts by user.
        \Illuminate\Support\Facades\Auth::viaRequest('key', function ($request) {
            $key = $request->bearerToken();
            return $key === null ? null : new \Illuminate\Auth\GenericUser(['id' => crc32($key)]);
        });
        require dirname(__DIR__).'/routes/api.php';
        require dirname(__DIR__).'/routes/console.php';
    }
}
