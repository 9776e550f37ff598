namespace Fairlead.Grpc.Server;

/// <summary>What <see cref="GrpcHealthService"/> tells.</summary>
public interface IGrpcHealthSource
{
    /// <summary>Completes at the next change of any service's health. Taken before <see cref="IsServing"/> is asked, so that no change is missed.</summary>
    Task NextChange { get; }

    /// <param name="service">A service's full name; empty for the server as a whole.</param>
    /// <returns>Null when there is no such service.</returns>
    bool? IsServing(string service);
}
