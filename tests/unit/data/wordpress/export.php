<?php
/** Prints the export (WXR) of a WordPress: `php export.php /path/to/wordpress`. */

$_SERVER['HTTP_HOST'] = '127.0.0.1:8089';
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/export.php';
export_wp(['content' => 'all']);
