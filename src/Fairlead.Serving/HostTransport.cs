namespace Fairlead.Serving;

/// <summary>How a host serves its connections.</summary>
public enum HostTransport
{
    /// <summary>An event loop for each processor. Linux only; elsewhere it means <see cref="Sockets"/>.</summary>
    Loops,

    /// <summary>The server's own transport, which hands each request over from thread to thread.</summary>
    Sockets,
}
