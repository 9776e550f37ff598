using System.Text.Json.Serialization;

namespace Fairlead.Domain.Notices;

/// <summary>A webhook of a workflow of Microsoft Teams.</summary>
public sealed record TeamsDefinition : ChannelDefinition
{
    [JsonIgnore]
    public override string Kind => "teams";

    /// <summary>Reference to the URL, which is a secret.</summary>
    public required string Url { get; init; }
}
