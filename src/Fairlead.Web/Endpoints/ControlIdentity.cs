namespace Fairlead.Web.Endpoints;

/// <summary>Which control plane this is, for the answer to "what runs where".</summary>
public sealed record ControlIdentity(string Url, string HostUrl, int ProcessId);
