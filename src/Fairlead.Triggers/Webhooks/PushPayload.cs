using System.Text.Json;
using Fairlead.Triggers.Git;

namespace Fairlead.Triggers.Webhooks;

/// <summary>What a push tells for people: who pushed, and where each commit can be seen. What is executed is read from the repository.</summary>
internal static class PushPayload
{
    private const int MostCommits = 200;
    private const int LongestText = 500;

    /// <summary>Notes by commit; of what cannot be read, none.</summary>
    public static IEnumerable<(string Commit, PushNote Note)> Read(JsonElement payload)
    {
        var by = Text(payload, "pusher", "full_name") ?? Text(payload, "pusher", "name") ?? Text(payload, "pusher", "login") ?? Text(payload, "user_name");
        if (payload.ValueKind != JsonValueKind.Object || !payload.TryGetProperty("commits", out var commits) || commits.ValueKind != JsonValueKind.Array)
            yield break;
        foreach (var commit in commits.EnumerateArray().Take(MostCommits))
        {
            if (Text(commit, "id") is { } name)
                yield return (name, new PushNote(by, Text(commit, "url") is { } link && IsLink(link) ? link : null));
        }
    }

    /// <summary>The branch or tag; null when it does not say.</summary>
    public static string? RefOf(JsonElement payload) => Text(payload, "ref");

    private static bool IsLink(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp);

    private static string? Text(JsonElement value, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
                return null;
        }

        return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= LongestText } text ? text : null;
    }
}
