using Fairlead.Domain.Problems;

namespace Fairlead.Load;

/// <summary>Whom the load goes to.</summary>
public sealed record LoadTarget
{
    internal const string EnvironmentHeader = "fairlead-environment";
    internal const string UnitHeader = "fairlead-unit";
    internal const string ServerGroupHeader = "fairlead-server-group";
    internal const string PredictionHeader = "fairlead-prediction";

    /// <summary>How a service that is a command speaks, in the host's answer that there is no model of that name.</summary>
    internal const string CommandHeader = "fairlead-command";

    /// <summary>The host's URL, http or https, for REST and gRPC; over REST a path in it comes before the protocol's.</summary>
    public required Uri Url { get; init; }

    public required string Service { get; init; }

    /// <summary>Null where the host knows which is meant.</summary>
    public string? Environment { get; init; }

    /// <summary>Bearer token, or null.</summary>
    public string? Token { get; init; }

    /// <param name="operation">Empty for the service's own resource, or <c>/infer</c>.</param>
    internal Uri UrlOf(string operation) => Below($"/v2/models/{Uri.EscapeDataString(Service)}{operation}");

    /// <summary>What the paths of a command come behind; without a slash at its end.</summary>
    internal Uri CommandUrl() => Below($"/services/{Uri.EscapeDataString(Service)}");

    private Uri Below(string path)
    {
        if (Url.Scheme is not ("http" or "https"))
            throw FairleadException.Invalid($"'{Url}' is not the URL of a host; expected something like 'http://localhost:7071'.");
        return new Uri($"{Url.GetLeftPart(UriPartial.Path).TrimEnd('/')}{path}");
    }
}
