<?php
use App\Conversation;
use App\ConversationResource;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Route;

$conversations = function (Request $request, string $paging, string $order) {
    $query = Conversation::query();
    foreach (['type', 'assistant_id'] as $name) {
        if ($request->filled($name)) $query->where($name, $request->input($name));
    }
    if ($request->filled('date_from')) $query->where('created_at', '>=', $request->input('date_from'));
    // The usual slip: a bare day is its first moment.
    if ($request->filled('date_to')) $query->where('created_at', '<=', $request->input('date_to'));
    if ($order === 'updated') $query->orderByDesc('updated_at');
    $query->orderByDesc('id');
    $size = (int) $request->input('per_page', 15);
    $rows = $query->{$paging}($size);
    return $request->route('shape') === 'resource' ? ConversationResource::collection($rows) : response()->json($rows);
};

// A path for each way to page, shape of the envelope and order: /paginate/plain/id/api/user/conversations
Route::get('{paging}/{shape}/{order}/api/user/conversations', function (Request $request, $paging, $shape, $order) use ($conversations) {
    return $conversations($request, $paging, $order);
})->where('paging', 'paginate|simplePaginate|cursorPaginate');

Route::get('throttled/api/user/conversations', function (Request $request) use ($conversations) {
    return $conversations($request, 'cursorPaginate', 'id');
})->middleware('throttle:10,1');

Route::get('broken/api/user/conversations', function () {
    throw new RuntimeException('SQLSTATE[HY000]: the database is gone');
});

// What a test asks of the database itself.
Route::get('sql/rows', function (Request $request) {
    $query = DB::table('conversations');
    if ($request->filled('day')) $query->where('created_at', 'like', $request->input('day').' %');
    return $query->pluck('uuid');
});

// A row is updated, goes, or begins. `place` is from 0, the newest update, up to 1.
Route::get('sql/{change}', function (Request $request, string $change) {
    $last = DB::table('conversations')->max('updated_at');
    $now = gmdate('Y-m-d H:i:s', strtotime("$last UTC") + 1);
    $place = (int) ((float) $request->input('place', 0) * DB::table('conversations')->count());
    $row = DB::table('conversations')->orderByDesc('updated_at')->orderByDesc('id')->offset($place)->first();
    if ($change === 'update') {
        DB::table('conversations')->where('id', $row->id)->update(['updated_at' => $now, 'message_count' => $row->message_count + 1]);
    } elseif ($change === 'delete') {
        DB::table('conversations')->where('id', $row->id)->delete();
    } elseif ($change === 'insert') {
        $uuid = sprintf('00000000-0000-4000-8000-%012d', DB::table('conversations')->max('id') + 1);
        DB::table('conversations')->insert(['uuid' => $uuid, 'created_at' => $now, 'updated_at' => $now] + array_diff_key((array) $row, ['id' => 0]));
    }
    return ['ok' => true];
})->where('change', 'update|delete|insert');
