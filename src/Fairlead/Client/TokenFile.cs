using System.Text.Json;
using Fairlead.Domain.Problems;

namespace Fairlead.Client;

/// <summary>
/// The tokens with which this person signed in, by control plane, so that none is ever sent to another: <c>fairlead/tokens.json</c> in the
/// folder for configuration, for its owner's eyes only.
/// </summary>
internal static class TokenFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public static string Path { get; } = System.IO.Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } configuration ? configuration
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".config"),
        "fairlead",
        "tokens.json");

    /// <summary>The token for a control plane, or null when there is none.</summary>
    /// <exception cref="FairleadException">Invalid: others may read the file, or it cannot be understood.</exception>
    public static string? Find(Uri url) => Read().GetValueOrDefault(KeyOf(url));

    public static void Set(Uri url, string token)
    {
        var tokens = Read();
        tokens[KeyOf(url)] = token;
        Write(tokens);
    }

    /// <summary>Forgets the token for a control plane; false when there is none.</summary>
    public static bool Remove(Uri url)
    {
        var tokens = Read();
        if (!tokens.Remove(KeyOf(url)))
            return false;
        Write(tokens);
        return true;
    }

    private static string KeyOf(Uri url) => url.GetLeftPart(UriPartial.Authority);

    private static SortedDictionary<string, string> Read()
    {
        if (!File.Exists(Path))
            return new(StringComparer.Ordinal);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(Path) & Others) != 0)
            throw FairleadException.Invalid($"Others may read or write '{Path}', which holds your tokens; take that away by 'chmod 600 {Path}', and have the tokens replaced.");
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path), EndpointJson.Default.SortedDictionaryStringString) ?? new(StringComparer.Ordinal);
        }
        catch (JsonException e)
        {
            throw FairleadException.Invalid($"'{Path}' cannot be read as JSON (line {e.LineNumber + 1}); remove it and sign in again with 'fairlead login'.");
        }
    }

    private static void Write(SortedDictionary<string, string> tokens)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var temporary = $"{Path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var file = new FileStream(temporary, options))
            JsonSerializer.Serialize(file, tokens, EndpointJson.Default.SortedDictionaryStringString);
        File.Move(temporary, Path, overwrite: true);
    }
}
