using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query.Workers;

/// <summary>How an exception in a worker becomes the same one in the control plane.</summary>
internal static class WorkerFailure
{
    private const byte Expected = 0;
    private const byte Engine = 1;
    private const byte Unsupported = 2;
    private const byte Cancelled = 3;
    private const byte Other = 4;

    public static void Write(ValueWriter writer, Exception failure)
    {
        var (form, kind) = failure switch
        {
            FairleadException e => (Expected, (int)e.Kind),
            DuckDbException e => (Engine, (int)e.Kind),
            // The runtime itself has no more than the worker may have.
            OutOfMemoryException => (Engine, (int)DuckDbErrorKind.OutOfMemory),
            NotSupportedException => (Unsupported, 0),
            OperationCanceledException => (Cancelled, 0),
            _ => (Other, 0),
        };
        writer.Write(form);
        writer.Write(kind);
        writer.Write(form == Other ? failure.ToString() : failure.Message);
    }

    public static Exception Read(ReadOnlySpan<byte> payload, CancellationToken cancellationToken)
    {
        var reader = new ValueReader(payload);
        var form = (byte)reader.Read()!;
        var kind = (int)reader.Read()!;
        var message = (string)reader.Read()!;
        return form switch
        {
            Expected => new FairleadException((ProblemKind)kind, message),
            Engine => new DuckDbException(message, (DuckDbErrorKind)kind),
            Unsupported => new NotSupportedException(message),
            Cancelled => new OperationCanceledException(cancellationToken),
            _ => new InvalidOperationException($"A worker failed: {message}"),
        };
    }
}
