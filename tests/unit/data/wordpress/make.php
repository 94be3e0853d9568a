<?php
/**
 * Fills a fresh WordPress with our own short news texts, so that its REST responses and its export can be recorded.
 *
 * Run as `php make.php /path/to/wordpress`, once; README.md beside this file says the rest. The town, its people and
 * everything that happens are invented.
 */

$_SERVER['HTTP_HOST'] = '127.0.0.1:8089';
define('WP_INSTALLING', true);
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/image.php';

wp_install('Norhaven Post', 'desk', 'desk@example.com', true, '', 'recorded', 'en_GB');
wp_installing(false);
wp_delete_post(1, true);
wp_delete_post(2, true);
wp_delete_post(3, true);
update_option('timezone_string', 'Europe/Oslo');
update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
update_option('uploads_use_yearmonth_folders', 0);
$GLOBALS['wp_rewrite']->init();
$GLOBALS['wp_rewrite']->flush_rules(false);

wp_update_user(['ID' => 1, 'display_name' => 'The desk']);
$ingrid = wp_insert_user(['user_login' => 'ivale', 'user_pass' => 'recorded', 'user_email' => 'ivale@example.com',
    'display_name' => 'Ingrid Vale', 'role' => 'administrator']);
$tom = wp_insert_user(['user_login' => 'toak', 'user_pass' => 'recorded', 'user_email' => 'toak@example.com',
    'display_name' => 'Tom Oak & Sons’ “Oakley”', 'role' => 'author']);

/** Makes a JPEG with the IPTC fields of a picture desk. */
function picture(string $name, int $width, int $height, array $iptc): string
{
    $image = imagecreatetruecolor($width, $height);
    imagefilledrectangle($image, 0, 0, $width, intdiv($height, 2), imagecolorallocate($image, 120, 170, 220));
    $path = wp_upload_dir()['path'] . "/$name";
    imagejpeg($image, $path, 40);
    $data = '';
    foreach ($iptc as $record => $value) {
        $data .= "\x1c\x02" . chr($record) . pack('n', strlen($value)) . $value;
    }
    if ($data !== '') {
        file_put_contents($path, iptcembed($data, $path));
    }
    return $path;
}

function attachment(string $path, string $type, array $post, ?string $alt = null): int
{
    $id = wp_insert_attachment($post + ['post_mime_type' => $type, 'post_author' => 2,
        'post_date' => '2024-04-30 09:00:00'], $path);
    wp_update_attachment_metadata($id, wp_generate_attachment_metadata($id, $path));
    if ($alt !== null) {
        update_post_meta($id, '_wp_attachment_image_alt', $alt);
    }
    return $id;
}

$uploads = wp_upload_dir()['path'];
wp_mkdir_p($uploads);
$ferry = attachment(
    picture('ferry.jpg', 640, 360, [110 => 'Mara Lind/Norhaven Post', 116 => '© 2024 Norhaven Post',
        55 => '20240428', 60 => '101500+0200', 120 => 'The ferry at the quay.', 5 => 'Ferry']),
    'image/jpeg',
    ['post_title' => 'Ferry', 'post_excerpt' => 'The <em>Østholm</em> at the new quay on Sunday.', 'post_content' => ''],
    'A white ferry beside a stone quay'
);
$quay = attachment(picture('quay.jpg', 400, 300, [110 => 'Mara Lind']), 'image/jpeg',
    ['post_title' => 'Quay', 'post_excerpt' => 'The quay before the works.'], 'An old stone quay');
$map = attachment(picture('map.jpg', 300, 300, []), 'image/jpeg', ['post_title' => 'Map'], 'Map of the route');
file_put_contents("$uploads/timetable.pdf", "%PDF-1.4\n%%EOF\n");
$timetable = attachment("$uploads/timetable.pdf", 'application/pdf', ['post_title' => 'Timetable']);
file_put_contents("$uploads/horn.mp3", str_repeat("\xff\xfb\x90\x00" . str_repeat("\0", 413), 4));
$horn = attachment("$uploads/horn.mp3", 'audio/mpeg', ['post_title' => 'Horn', 'post_excerpt' => 'The horn of the ferry.']);
$at = fn (int $id): string => wp_get_attachment_url($id);

$harbour = wp_insert_term('Harbour & coast', 'category')['term_id'];
$budget = wp_insert_term('Budget', 'category', ['parent' => $harbour])['term_id'];

/** Inserts a post as the editor saves it. */
function story(array $post): int
{
    // The markup is that of an administrator, which WordPress does not filter.
    kses_remove_filters();
    $post['post_content'] = wp_slash($post['post_content']);
    $post['post_title'] = wp_slash($post['post_title']);
    $id = wp_insert_post($post + ['post_author' => 2, 'post_status' => 'publish'], true);
    if (is_wp_error($id)) {
        exit($id->get_error_message() . "\n");
    }
    return $id;
}

$notice = story(['post_type' => 'wp_block', 'post_title' => 'Notice of the harbour office', 'post_date' => '2024-04-01 08:00:00',
    'post_content' => "<!-- wp:paragraph -->\n<p>The harbour office is open on weekdays from eight to three.</p>\n<!-- /wp:paragraph -->"]);

$blocks = <<<HTML
<!-- wp:paragraph {"dropCap":true} -->
<p class="has-drop-cap">NORHAVEN — The ferry <em>Østholm</em> left the <strong>new quay</strong> on Monday, eleven months after the old one <a href="https://example.com/storm">sank in a storm</a>.<sup data-fn="0f9b" class="fn"><a href="#0f9b" id="0f9b-link">1</a></sup> “It’s a start,” said the mayor, Åse Brandt.</p>
<!-- /wp:paragraph -->

<!-- wp:more -->
<!--more-->
<!-- /wp:more -->

<!-- wp:heading -->
<h2 class="wp-block-heading">What changes for commuters</h2>
<!-- /wp:heading -->

<!-- wp:list -->
<ul><!-- wp:list-item -->
<li>Four sailings a day<!-- wp:list {"ordered":true,"start":3} -->
<ol start="3"><!-- wp:list-item -->
<li>The first at six</li>
<!-- /wp:list-item -->

<!-- wp:list-item -->
<li>The last at ten</li>
<!-- /wp:list-item --></ol>
<!-- /wp:list --></li>
<!-- /wp:list-item -->

<!-- wp:list-item -->
<li>Bicycles travel free</li>
<!-- /wp:list-item --></ul>
<!-- /wp:list -->

<!-- wp:image {"id":$quay,"sizeSlug":"full","linkDestination":"none"} -->
<figure class="wp-block-image size-full"><img src="{$at($quay)}" alt="An old stone quay" class="wp-image-$quay"/><figcaption class="wp-element-caption">The quay, <em>before</em> the works.</figcaption></figure>
<!-- /wp:image -->

<!-- wp:gallery {"linkTo":"none"} -->
<figure class="wp-block-gallery has-nested-images columns-default is-cropped"><!-- wp:image {"id":$quay} -->
<figure class="wp-block-image size-large"><img src="{$at($quay)}" alt="The quay again" class="wp-image-$quay"/><figcaption class="wp-element-caption">First view</figcaption></figure>
<!-- /wp:image -->

<!-- wp:image {"id":$map} -->
<figure class="wp-block-image size-large"><img src="{$at($map)}" alt="Map of the route" class="wp-image-$map"/></figure>
<!-- /wp:image --><figcaption class="blocks-gallery-caption wp-element-caption">Two views of the harbour</figcaption></figure>
<!-- /wp:gallery -->

<!-- wp:quote -->
<blockquote class="wp-block-quote"><!-- wp:paragraph -->
<p>Nobody believed the island would wait a year.</p>
<!-- /wp:paragraph --><cite>Pilot Jens Holt</cite></blockquote>
<!-- /wp:quote -->

<!-- wp:pullquote -->
<figure class="wp-block-pullquote"><blockquote><p>The sea takes what it wants</p><cite>Fisher’s saying</cite></blockquote></figure>
<!-- /wp:pullquote -->

<!-- wp:table -->
<figure class="wp-block-table"><table><thead><tr><th>Port</th><th class="has-text-align-right" data-align="right">Fare</th></tr></thead><tbody><tr><td>Norhaven</td><td>40</td></tr><tr><td>Østholm</td><td>55</td></tr></tbody><tfoot><tr><td>Both ways</td><td>90</td></tr></tfoot></table><figcaption class="wp-element-caption">Fares in crowns</figcaption></figure>
<!-- /wp:table -->

<!-- wp:embed {"url":"https://www.youtube.com/watch?v=harbour0001","type":"video","providerNameSlug":"youtube","responsive":true} -->
<figure class="wp-block-embed is-type-video is-provider-youtube wp-block-embed-youtube"><div class="wp-block-embed__wrapper">
https://www.youtube.com/watch?v=harbour0001
</div><figcaption class="wp-element-caption">The first crossing</figcaption></figure>
<!-- /wp:embed -->

<!-- wp:audio {"id":$horn} -->
<figure class="wp-block-audio"><audio controls src="{$at($horn)}"></audio><figcaption class="wp-element-caption">The horn</figcaption></figure>
<!-- /wp:audio -->

<!-- wp:video -->
<figure class="wp-block-video"><video controls src="http://127.0.0.1:8089/wp-content/uploads/crossing.mp4"></video><figcaption class="wp-element-caption">The crossing in a minute</figcaption></figure>
<!-- /wp:video -->

<!-- wp:file {"id":$timetable,"href":"{$at($timetable)}"} -->
<div class="wp-block-file"><a id="wp-block-file--media-1" href="{$at($timetable)}">Timetable of the summer</a><a href="{$at($timetable)}" class="wp-block-file__button wp-element-button" download aria-describedby="wp-block-file--media-1">Download</a></div>
<!-- /wp:file -->

<!-- wp:buttons -->
<div class="wp-block-buttons"><!-- wp:button -->
<div class="wp-block-button"><a class="wp-block-button__link wp-element-button" href="https://example.com/tickets">Book a place</a></div>
<!-- /wp:button --></div>
<!-- /wp:buttons -->

<!-- wp:columns -->
<div class="wp-block-columns"><!-- wp:column -->
<div class="wp-block-column"><!-- wp:heading {"level":3} -->
<h3 class="wp-block-heading">On the mainland</h3>
<!-- /wp:heading -->

<!-- wp:paragraph -->
<p>Shops stay open until the last boat.</p>
<!-- /wp:paragraph --></div>
<!-- /wp:column -->

<!-- wp:column -->
<div class="wp-block-column"><!-- wp:paragraph -->
<p>On the island the school bus meets each sailing.</p>
<!-- /wp:paragraph --></div>
<!-- /wp:column --></div>
<!-- /wp:columns -->

<!-- wp:media-text {"mediaId":$map,"mediaType":"image"} -->
<div class="wp-block-media-text is-stacked-on-mobile"><figure class="wp-block-media-text__media"><img src="{$at($map)}" alt="The route on a map" class="wp-image-$map size-full"/></figure><div class="wp-block-media-text__content"><!-- wp:paragraph -->
<p>The route is two miles longer than before.</p>
<!-- /wp:paragraph --></div></div>
<!-- /wp:media-text -->

<!-- wp:cover {"url":"{$at($quay)}","id":$quay,"dimRatio":50} -->
<div class="wp-block-cover"><span aria-hidden="true" class="wp-block-cover__background has-background-dim"></span><img class="wp-block-cover__image-background wp-image-$quay" alt="" src="{$at($quay)}" data-object-fit="cover"/><div class="wp-block-cover__inner-container"><!-- wp:paragraph {"align":"center"} -->
<p class="has-text-align-center">A harbour since 1642</p>
<!-- /wp:paragraph --></div></div>
<!-- /wp:cover -->

<!-- wp:details -->
<details class="wp-block-details"><summary>How the vote went</summary><!-- wp:paragraph -->
<p>Nine for, four against, two absent.</p>
<!-- /wp:paragraph --></details>
<!-- /wp:details -->

<!-- wp:verse -->
<pre class="wp-block-verse">The tide comes <em>in</em>,
the tide goes out</pre>
<!-- /wp:verse -->

<!-- wp:preformatted -->
<pre class="wp-block-preformatted">06:00  Norhaven
06:40  Østholm</pre>
<!-- /wp:preformatted -->

<!-- wp:code -->
<pre class="wp-block-code"><code>curl https://example.com/ferry.json</code></pre>
<!-- /wp:code -->

<!-- wp:separator -->
<hr class="wp-block-separator has-alpha-channel-opacity"/>
<!-- /wp:separator -->

<!-- wp:html -->
<p class="source">Source: <a href="/council/minutes">the council</a> &amp; the port</p>
<!-- /wp:html -->

<!-- wp:shortcode -->
[weather town="Norhaven"]
<!-- /wp:shortcode -->

<!-- wp:social-links -->
<ul class="wp-block-social-links"><!-- wp:social-link {"url":"https://example.com/@norhaven","service":"mastodon"} /--></ul>
<!-- /wp:social-links -->

<!-- wp:latest-posts {"postsToShow":2} /-->

<!-- wp:norhaven/tide-table {"port":"Norhaven"} /-->

<!-- wp:footnotes /-->
HTML;

$main = story(['post_title' => 'Ferry & “island link”: Østholm sails again — ’til May <b>at least</b> ⚓',
    'post_name' => 'ferry-sails-again', 'post_date' => '2024-05-06 07:30:00', 'post_content' => $blocks,
    'post_excerpt' => 'After eleven months the island has its boat & its bus back.',
    'post_category' => [$harbour, $budget], 'tags_input' => ['Ferry', 'Østholm', 'Rock & roll']]);
update_post_meta($main, 'footnotes', wp_slash(json_encode([['id' => '0f9b', 'content' => 'The storm of <em>June</em> 2023.']])));
set_post_thumbnail($main, $ferry);

story(['post_title' => 'Office hours', 'post_name' => 'office-hours', 'post_date' => '2024-05-07 10:00:00', 'post_author' => $tom,
    'post_category' => [$harbour],
    'post_content' => "<!-- wp:paragraph -->\n<p>The harbour office has new hours.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:block {\"ref\":$notice} /-->"]);

$classic = <<<HTML
The council of Norhaven will spend <strong>12 million crowns</strong> on the quay, it said on Tuesday.
The vote was [sic] close.

"We had [their] word," said Åse Brandt [the mayor], 'and we kept it' [1].

<!--more-->
<h2>Where the money goes</h2>
<ul>
 	<li>Stone</li>
 	<li>Steel</li>
</ul>
[caption id="attachment_$quay" align="alignright" width="400"]<a href="https://example.com/quay"><img class="size-full wp-image-$quay" src="{$at($quay)}" alt="An old stone quay" width="400" height="300" /></a> The quay in <em>March</em>[/caption]

The works begin in June.

[gallery ids="$quay,$map"]

[embed]https://vimeo.com/1234567[/embed]

https://www.youtube.com/watch?v=harbour0002

https://example.com/minutes

[audio mp3="{$at($horn)}"][/audio]

<pre>June   stone
July   steel</pre>

Write [[gallery]] to show pictures. [weather town="Norhaven"]Rain later.[/weather]

<blockquote>A quay is a promise.

Promises cost money.</blockquote>
A last line.
HTML;
$budgetPost = story(['post_title' => 'Council’s budget: 12 million for the quay', 'post_name' => 'council-budget',
    'post_date' => '2024-05-08 12:15:00', 'post_author' => $tom, 'post_content' => $classic, 'post_category' => [$budget],
    'tags_input' => ['Ferry'], 'comment_status' => 'open']);
set_post_format($budgetPost, 'aside');
stick_post($budgetPost);

story(['post_title' => 'Hafen wieder offen: “Østholm” fährt', 'post_name' => 'hafen-offen', 'post_date' => '2024-05-09 18:00:00',
    'post_content' => "<!-- wp:paragraph -->\n<p lang=\"de\">Die Fähre fährt wieder, sagte die Bürgermeisterin.</p>\n<!-- /wp:paragraph -->"]);
story(['post_title' => '', 'post_name' => 'untitled', 'post_date' => '2024-05-10 09:00:00',
    'post_content' => "<!-- wp:paragraph -->\n<p>Fog at the harbour mouth; boats wait.</p>\n<!-- /wp:paragraph -->"]);
story(['post_title' => 'New bridge opens', 'post_name' => 'bridge', 'post_status' => 'future', 'post_date' => '2030-01-02 06:00:00',
    'post_content' => "<!-- wp:paragraph -->\n<p>The bridge opens today.</p>\n<!-- /wp:paragraph -->"]);
story(['post_title' => 'Notes on the port', 'post_status' => 'draft', 'post_content' => 'Ask the pilot about fog.']);
story(['post_title' => 'For the desk', 'post_name' => 'for-the-desk', 'post_status' => 'private', 'post_date' => '2024-05-11 09:00:00',
    'post_content' => "<!-- wp:paragraph -->\n<p>Not before the council has voted.</p>\n<!-- /wp:paragraph -->"]);
story(['post_title' => 'Members only', 'post_name' => 'members', 'post_password' => 'tide', 'post_date' => '2024-05-12 09:00:00',
    'post_content' => "<!-- wp:paragraph -->\n<p>The list of members.</p>\n<!-- /wp:paragraph -->"]);
$gone = story(['post_title' => 'Withdrawn', 'post_name' => 'withdrawn', 'post_date' => '2024-05-13 09:00:00',
    'post_content' => "<!-- wp:paragraph -->\n<p>This was wrong.</p>\n<!-- /wp:paragraph -->"]);
story(['post_type' => 'page', 'post_title' => 'About the paper', 'post_name' => 'about', 'post_date' => '2024-01-01 09:00:00',
    'post_content' => "<!-- wp:paragraph -->\n<p>The Norhaven Post appears on weekdays.</p>\n<!-- /wp:paragraph -->"]);
wp_insert_comment(['comment_post_ID' => $budgetPost, 'comment_content' => 'At last!', 'comment_author' => 'A reader']);

// Published long ago, changed since: as an editor would have left it.
$GLOBALS['wpdb']->query("UPDATE {$GLOBALS['wpdb']->posts} SET post_modified = post_date, post_modified_gmt = post_date_gmt");
$GLOBALS['wpdb']->update($GLOBALS['wpdb']->posts,
    ['post_modified' => '2024-05-06 09:45:00', 'post_modified_gmt' => '2024-05-06 07:45:00'], ['ID' => $main]);
wp_trash_post($gone);

list($password) = WP_Application_Passwords::create_new_application_password(1, ['name' => 'recording']);
echo json_encode(compact('password', 'main', 'budgetPost', 'gone')), "\n";
