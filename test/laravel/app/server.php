<?php
// The router of PHP's own server: every path is the app's.
require __DIR__.'/public/index.php';
