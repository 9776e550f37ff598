namespace Fairlead.Load.Pacing;

/// <param name="Timeout">From sending a request to the end of its answer.</param>
/// <param name="Abandon">Ends what is under way when nobody waits for it any more.</param>
internal sealed record SendingBounds(TimeSpan Timeout, CancellationToken Abandon);
