using System.Collections.Frozen;
using System.Reflection;

namespace Fairlead.Catalog.Sqlite;

/// <summary>The named SQL statements of this dialect, read from the embedded <c>.sql</c> files.</summary>
internal static class Statements
{
    private const string Folder = "Sqlite/Sql/";
    private const string NamePrefix = "-- name:";

    private static readonly FrozenDictionary<string, string> ByName = Load();

    public static string Get(string name) =>
        ByName.TryGetValue(name, out var sql) ? sql : throw new InvalidOperationException($"There is no SQL statement named '{name}'.");

    /// <summary>Splits a file at its <c>-- name:</c> lines.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> Parse(string text)
    {
        foreach (var part in ("\n" + text).Split("\n" + NamePrefix).Skip(1))
        {
            var end = part.IndexOf('\n', StringComparison.Ordinal);
            yield return KeyValuePair.Create(part[..end].Trim(), part[end..].Trim());
        }
    }

    private static FrozenDictionary<string, string> Load() =>
        Resources(Folder).SelectMany(resource => Parse(resource.Text)).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The embedded files of a folder, by name (ordinal).</summary>
    internal static IEnumerable<(string Name, string Text)> Resources(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name[folder.Length..], reader.ReadToEnd());
        }
    }
}
