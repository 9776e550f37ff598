using Fairlead.Load.Inputs;

namespace Fairlead.Load.Sending;

/// <summary>How requests are written and carried: REST or gRPC.</summary>
internal interface ILoadTransport : IAsyncDisposable
{
    /// <summary>Connections that were made again during the run.</summary>
    long Reconnects { get; }

    /// <summary>Writes a request once, to be sent many times.</summary>
    LoadRequest Encode(InputBatch batch);

    ILoadSlot CreateSlot();
}
