namespace Fairlead.Domain.Predictions;

/// <summary>The seam between the host and the log of predictions.</summary>
public interface ICaptureLog
{
    /// <summary>Appends a record. When this returns true the record survives the end of this process by any signal. Never blocks on a disk flush.</summary>
    /// <param name="context">The server group that answered; reuse one instance per server group.</param>
    /// <param name="position">Where the log stands after the record: what <see cref="FlushAsync"/> takes.</param>
    /// <returns>False when the record could not be written (disk full); the log counts it as lost and the caller answers all the same.</returns>
    bool TryAppend(CaptureContext context, in CaptureEntry entry, out long position);

    /// <summary>Completes when everything up to the position is on the disk; calls that wait together share one flush.</summary>
    ValueTask FlushAsync(long position, CancellationToken cancellationToken);

    /// <summary>Records appended since the start.</summary>
    long Captured { get; }

    /// <summary>Records that could not be appended since the start.</summary>
    long Lost { get; }
}
