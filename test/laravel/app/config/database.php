<?php
return [
    'default' => 'sqlite',
    'connections' => [
        'sqlite' => ['driver' => 'sqlite', 'database' => dirname(__DIR__).'/storage/conversations.sqlite', 'prefix' => ''],
    ],
    'migrations' => 'migrations',
];
