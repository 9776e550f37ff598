namespace Fairlead.Load.Sending;

/// <summary>Room for one request under way.</summary>
internal interface ILoadSlot : IAsyncDisposable
{
    /// <summary>Gets ready to send, so that connecting is no part of the first latency.</summary>
    /// <exception cref="Fairlead.Domain.Problems.FairleadException">Unavailable: nobody answers there.</exception>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Sends one request, and waits for the end of its answer. What goes wrong on the way is an answer of its own; no connection is
    /// reused after it. Never called before the call before has ended.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token: the answer took too long, or the run is over.</exception>
    ValueTask<LoadAnswer> SendAsync(LoadRequest request, CancellationToken cancellationToken);
}
