using System.Text;
using Fairlead.Triggers.Definitions;

namespace Fairlead.Triggers.Git;

/// <summary>How another repository is reached. Secrets go into variables of git's process, and out of what it says.</summary>
/// <param name="secrets">Gives the value of a reference.</param>
internal sealed class RemoteAccess(TriggerSettings settings, Func<string, string> secrets)
{
    public string Url { get; } = settings.Required("url");

    /// <summary>Variables for git, and the texts that must not be told.</summary>
    public (IReadOnlyDictionary<string, string> Environment, IReadOnlyList<string> Secrets) Open()
    {
        var configuration = new List<(string Key, string Value)>
        {
            ("http.lowSpeedLimit", "1000"),
            ("http.lowSpeedTime", "30"),
            ("core.hooksPath", "/dev/null"),
            ("gc.autoDetach", "false"),
        };
        var hidden = new List<string>();
        if (settings.Text("credentials") is { } reference)
        {
            var value = secrets(reference).Trim();
            // Whatever else the machine knows about this place is not asked.
            configuration.Add(("credential.helper", ""));
            var pair = value.Contains(':', StringComparison.Ordinal) ? value : $"x-access-token:{value}";
            var header = Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));
            configuration.Add(($"http.{Url}.extraHeader", $"Authorization: Basic {header}"));
            hidden.AddRange([header, value, pair[(pair.IndexOf(':', StringComparison.Ordinal) + 1)..]]);
        }

        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["GIT_CONFIG_COUNT"] = $"{configuration.Count}" };
        for (var i = 0; i < configuration.Count; i++)
            (environment[$"GIT_CONFIG_KEY_{i}"], environment[$"GIT_CONFIG_VALUE_{i}"]) = configuration[i];
        var key = settings.Text("ssh-key") is { } path ? $" -o IdentitiesOnly=yes -i '{path.Replace("'", @"'\''", StringComparison.Ordinal)}'" : "";
        environment["GIT_SSH_COMMAND"] = $"ssh -o BatchMode=yes -o ConnectTimeout=20{key}";
        return (environment, hidden);
    }

    public static string Hide(string text, IReadOnlyList<string> secrets) =>
        secrets.Where(secret => secret.Length > 0).Aggregate(text, (shown, secret) => shown.Replace(secret, "***", StringComparison.Ordinal));
}
