using Microsoft.Data.Sqlite;

namespace Fairlead.Catalog.Sqlite;

/// <summary>A write that waits for its transaction.</summary>
internal abstract class PendingWrite
{
    /// <summary>True when nobody waits for it any more.</summary>
    public abstract bool IsCancelled { get; }

    /// <summary>Runs inside the transaction; keeps its result to itself until <see cref="Complete"/>.</summary>
    public abstract void Execute(SqliteConnection connection);

    /// <summary>The transaction is durable.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception e);

    public abstract void Cancel();
}
