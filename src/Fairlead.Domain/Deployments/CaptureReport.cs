using System.Globalization;

namespace Fairlead.Domain.Deployments;

/// <summary>What of a server group's predictions is not in the log, since the host took it up.</summary>
public sealed record CaptureReport
{
    public required ServerGroupName ServerGroup { get; init; }

    /// <summary>Requests that the service's sample leaves out.</summary>
    public required long Sampled { get; init; }

    /// <summary>Requests that the log could not take, since the disk was full: an alarm when above 0.</summary>
    public required long Lost { get; init; }

    /// <summary>Inputs and outputs that were left out of their record since they were too long.</summary>
    public required long TooLong { get; init; }

    /// <summary>Bodies that were left out of their record since they could not be searched for the fields to redact.</summary>
    public required long Unreadable { get; init; }

    /// <summary>A phrase for people: how many, by reason.</summary>
    public string Describe()
    {
        string?[] parts =
        [
            Phrase(Sampled, "request", "by the sample"),
            Phrase(Lost, "request", "on a full disk"),
            Phrase(TooLong, "body", "too long", "bodies"),
            Phrase(Unreadable, "body", "in which hidden fields could not be looked for", "bodies"),
        ];
        return string.Join(", ", parts.Where(part => part is not null));
    }

    private static string? Phrase(long count, string one, string why, string? several = null) =>
        count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : several ?? one + "s")} {why}");
}
