using System.Text.Json.Serialization;

namespace Fairlead.Domain.Notices;

/// <summary>Where messages go. What is secret is a reference: <c>env:VARIABLE</c> or <c>file:PATH</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SlackDefinition), "slack")]
[JsonDerivedType(typeof(TeamsDefinition), "teams")]
[JsonDerivedType(typeof(MailDefinition), "smtp")]
[JsonDerivedType(typeof(WebhookDefinition), "webhook")]
[JsonDerivedType(typeof(IrcDefinition), "irc")]
public abstract record ChannelDefinition
{
    public required string Name { get; init; }

    /// <summary>Such as <c>slack</c>.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }
}
