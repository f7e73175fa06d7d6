<?php
if (file_exists($down = __DIR__.'/../storage/framework/maintenance.php')) {
    require $down;
}
$app = require __DIR__.'/../bootstrap/app.php';
$kernel = $app->make(Illuminate\Contracts\Http\Kernel::class);
$response = $kernel->handle($request = Illuminate\Http\Request::capture());
$response->send();
$kernel->terminate($request, $response);
