using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fairlead.Artifacts.Files;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts.Names;

/// <summary>The file <c>index.json</c> of the OCI image layout: which name means which manifest. Entries of other tools are kept.</summary>
internal sealed partial class OciNames(string indexPath, string lockPath, Func<string> newTempPath)
{
    private const string ReferenceName = "org.opencontainers.image.ref.name";
    private const string IndexMediaType = "application/vnd.oci.image.index.v1+json";

    public static void Check(string name)
    {
        if (!Pattern().IsMatch(name))
            throw FairleadException.Invalid($"'{name}' is no name for an artifact; use letters, digits and . _ : @ + - / between them, such as 'release/v001'.");
    }

    public void CreateIfMissing()
    {
        if (!File.Exists(indexPath))
            AtomicFile.Write(indexPath, Encode(Empty()), newTempPath());
    }

    /// <summary>Points the name to a manifest; a name that exists moves.</summary>
    public void Set(string name, Digest manifest, long size)
    {
        using var gate = FileLock.Take(lockPath);
        var index = Read();
        var manifests = index["manifests"]!.AsArray();
        for (var i = manifests.Count - 1; i >= 0; i--)
        {
            if ((string?)manifests[i]?["annotations"]?[ReferenceName] == name)
                manifests.RemoveAt(i);
        }

        manifests.Add(new JsonObject
        {
            ["mediaType"] = OciManifest.MediaType,
            ["digest"] = manifest.ToString(),
            ["size"] = size,
            ["annotations"] = new JsonObject { [ReferenceName] = name },
        });
        Write(index);
    }

    /// <summary>Every entry that has a name, with the digest of its manifest.</summary>
    public IReadOnlyList<(string Name, Digest Manifest)> List() =>
        [.. Read()["manifests"]!.AsArray().Select(entry => ((string?)entry?["annotations"]?[ReferenceName] ?? "", Digest: (string?)entry?["digest"]))
            .Where(entry => Digest.TryParse(entry.Digest, out _)).Select(entry => (entry.Item1, Digest.Parse(entry.Digest!)))];

    /// <summary>Forgets names; those that are not there do not matter.</summary>
    public void Remove(IReadOnlySet<string> names)
    {
        using var gate = FileLock.Take(lockPath);
        var index = Read();
        var manifests = index["manifests"]!.AsArray();
        var gone = manifests.Where(entry => (string?)entry?["annotations"]?[ReferenceName] is { } name && names.Contains(name)).ToList();
        foreach (var entry in gone)
            manifests.Remove(entry);
        if (gone.Count > 0)
            Write(index);
    }

    /// <summary>Puts an index that cannot be read out of the way, and begins a new one.</summary>
    /// <returns>False when it can be read.</returns>
    public bool SetAsideIfDamaged(string target)
    {
        using var gate = FileLock.Take(lockPath);
        try
        {
            Read();
            return false;
        }
        catch (Exception e) when (e is FairleadException or FileNotFoundException)
        {
            if (File.Exists(indexPath))
                File.Move(indexPath, target, overwrite: true);
            Write(Empty());
            return true;
        }
    }

    private void Write(JsonObject index)
    {
        var content = Encode(index);
        DiskFull.Guard(newTempPath(), content.Length, temp =>
        {
            AtomicFile.Write(indexPath, content, temp);
            return true;
        });
    }

    private static JsonObject Empty() =>
        new() { ["schemaVersion"] = 2, ["mediaType"] = IndexMediaType, ["manifests"] = new JsonArray() };

    private static byte[] Encode(JsonObject index) => Encoding.UTF8.GetBytes(index.ToJsonString());

    [GeneratedRegex("^[A-Za-z0-9]+([._:@+/-]+[A-Za-z0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();

    private JsonObject Read()
    {
        try
        {
            if (JsonNode.Parse(File.ReadAllBytes(indexPath)) is JsonObject index && index["manifests"] is JsonArray)
                return index;
        }
        catch (System.Text.Json.JsonException)
        {
            // Same message as for JSON of another shape.
        }

        throw FairleadException.Damaged($"'{indexPath}' is no OCI image index; run 'fairlead fsck --repair' to move it away: names appear again as artifacts are named.");
    }
}
