using System.Text.Json.Nodes;
using Fairlead.Artifacts.Files;
using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts;

/// <summary>The files and folders of an OCI image layout, and what the store keeps beside them.</summary>
internal sealed record StoreLayout(string Root)
{
    private const string Version = "1.0.0";

    public string Blobs => Path.Combine(Root, "blobs", "sha256");

    public string Index => Path.Combine(Root, "index.json");

    public string Lock => Path.Combine(Root, "store.lock");

    public string Stats => Path.Combine(Root, "stats");

    public string Temp => Path.Combine(Root, "tmp");

    /// <summary>What has arrived of blobs that are being fetched.</summary>
    public string Partial => Path.Combine(Root, "partial");

    /// <summary>What was damaged and set aside.</summary>
    public string Quarantine => Path.Combine(Root, "damaged");

    private string Marker => Path.Combine(Root, "oci-layout");

    /// <exception cref="FairleadException">Conflict when the layout is of another version.</exception>
    public void CreateOrCheck(Func<string> newTempPath)
    {
        if (!File.Exists(Marker))
        {
            AtomicFile.Write(Marker, """{"imageLayoutVersion":"1.0.0"}"""u8, newTempPath());
            return;
        }

        string? found = null;
        try
        {
            found = (string?)JsonNode.Parse(File.ReadAllBytes(Marker))?["imageLayoutVersion"];
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
        {
            // Refused below like any other version.
        }

        if (found != Version)
            throw FairleadException.Conflict($"'{Marker}' names the layout version '{found}', and this program reads '{Version}'; use the program that made it, or move the store away.");
    }
}
