<?php
return [
    'defaults' => ['guard' => 'key'],
    'guards' => ['key' => ['driver' => 'key']],
    'providers' => [],
];
