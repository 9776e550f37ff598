using Microsoft.Data.Sqlite;

namespace Fairlead.Catalog.Sqlite;

internal sealed class PendingWrite<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken) : PendingWrite
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    public Task<T> Done => done.Task;

    public override bool IsCancelled => cancellationToken.IsCancellationRequested;

    public override void Execute(SqliteConnection connection) => result = work(connection);

    public override void Complete() => done.TrySetResult(result!);

    public override void Fail(Exception e) => done.TrySetException(e);

    public override void Cancel() => done.TrySetCanceled(cancellationToken);
}
