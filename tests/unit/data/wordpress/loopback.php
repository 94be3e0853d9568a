<?php
/**
 * A must-use plug-in for a WordPress without a network: SQLite, and what YouTube's and Vimeo's oEmbed endpoints answer.
 */

require __DIR__ . '/sqlite-database-integration-main/load.php';

add_filter('pre_oembed_result', function ($html, $url) {
    if (preg_match('~youtube\.com/watch\?v=(\w+)~', $url, $found)) {
        return '<iframe title="Crossing" width="500" height="281" src="https://www.youtube.com/embed/' . $found[1]
            . '?feature=oembed" frameborder="0" allow="autoplay; encrypted-media" allowfullscreen></iframe>';
    }
    if (preg_match('~vimeo\.com/(\d+)~', $url, $found)) {
        return '<iframe title="Quay" src="https://player.vimeo.com/video/' . $found[1]
            . '?dnt=1" width="500" height="281" frameborder="0"></iframe>';
    }
    return $html;
}, 10, 2);
add_filter('pre_http_request', fn () => new WP_Error('offline', 'offline'));
