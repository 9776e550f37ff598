using System.Text;
using Fairlead.DuckDb.Native;

namespace Fairlead.DuckDb;

/// <summary>A prepared statement: bind, execute, read to the end, and again.</summary>
public sealed class DuckDbStatement : IDisposable
{
    private readonly DuckDbConnection connection;
    private readonly StatementHandle handle;

    internal DuckDbStatement(DuckDbConnection connection, StatementHandle handle)
    {
        this.connection = connection;
        this.handle = handle;
    }

    public DuckDbStatementKind Kind => NativeMethods.StatementType(handle);

    public int ParameterCount => (int)NativeMethods.ParameterCount(handle);

    /// <summary>Binds a parameter.</summary>
    /// <param name="index">From 1.</param>
    /// <param name="value">null, bool, int, long, float, double, string, byte[], Guid, DateOnly, DateTime (UTC, as TIMESTAMP) or DateTimeOffset (as TIMESTAMPTZ).</param>
    public void Bind(int index, object? value)
    {
        var at = (ulong)index;
        var state = value switch
        {
            null => NativeMethods.BindNull(handle, at),
            bool flag => NativeMethods.BindBoolean(handle, at, flag),
            int number => NativeMethods.BindInt32(handle, at, number),
            long number => NativeMethods.BindInt64(handle, at, number),
            float number => NativeMethods.BindFloat(handle, at, number),
            double number => NativeMethods.BindDouble(handle, at, number),
            string text => BindText(at, text),
            byte[] data => BindData(at, data),
            Guid id => BindText(at, id.ToString("D")),
            DateOnly date => NativeMethods.BindDate(handle, at, date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber),
            DateTime time => NativeMethods.BindTimestamp(handle, at, (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond),
            DateTimeOffset time => NativeMethods.BindTimestampTz(handle, at, (time.UtcDateTime - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond),
            _ => throw new ArgumentException($"A value of type {value.GetType().Name} cannot be bound.", nameof(value)),
        };
        if (state != 0)
            throw new DuckDbException($"Parameter ${index} cannot be bound; the statement has {ParameterCount}.", DuckDbErrorKind.InvalidInput);
    }

    /// <summary>Executes the statement and streams its rows. The result must be disposed before the next execution on the connection.</summary>
    public DuckDbResult Execute(CancellationToken cancellationToken = default) => Execute(ownsStatement: false, cancellationToken);

    public void Dispose() => handle.Dispose();

    internal DuckDbResult Execute(bool ownsStatement, CancellationToken cancellationToken)
    {
        using var interruption = connection.InterruptOn(cancellationToken);
        var state = NativeMethods.PendingStreaming(handle, out var pending);
        try
        {
            if (state != 0)
                throw new DuckDbException(NativeText.Borrow(NativeMethods.PendingError(pending)) ?? "The statement was not started.");
            if (NativeMethods.ExecutePending(pending, out var result) == 0)
                return new DuckDbResult(connection, result, ownsStatement ? this : null);
            var failure = DuckDbConnection.Failure(ref result, cancellationToken);
            NativeMethods.DestroyResult(ref result);
            throw failure;
        }
        finally
        {
            NativeMethods.DestroyPending(ref pending);
        }
    }

    private unsafe int BindText(ulong index, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        fixed (byte* start = bytes)
        {
            // An empty array has no address, and the library takes a null address for an error.
            byte none = 0;
            return NativeMethods.BindVarchar(handle, index, bytes.Length == 0 ? &none : start, (ulong)bytes.Length);
        }
    }

    private unsafe int BindData(ulong index, byte[] data)
    {
        fixed (byte* start = data)
        {
            byte none = 0;
            return NativeMethods.BindBlob(handle, index, data.Length == 0 ? &none : start, (ulong)data.Length);
        }
    }
}
