using Fairlead.Domain.Predictions;

namespace Fairlead.Roles;

/// <summary>A capture log that keeps nothing: what the cost of capture is measured against. Everything it is given counts as not captured.</summary>
internal sealed class UncapturedLog : ICaptureLog
{
    public const string Switch = "FAIRLEAD_CAPTURE";
    public const string Off = "off";

    public long Captured => 0;

    public long Lost => 0;

    public bool TryAppend(CaptureContext context, in CaptureEntry entry, out long position)
    {
        position = 0;
        return true;
    }

    public ValueTask FlushAsync(long position, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
