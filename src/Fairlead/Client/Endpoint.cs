namespace Fairlead.Client;

/// <summary>Where a running control plane and its host listen.</summary>
internal sealed record Endpoint(string Url, string HostUrl, int ProcessId, long StartTicks);
