using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Artifacts.Names;
using Fairlead.Artifacts.Trees;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts.Registry.Bundles;

/// <summary>A bundle as an OCI image: the record is the first layer, then manifests of trees, files and packs.</summary>
/// <param name="Name">The name that it was pushed under; null when nobody said.</param>
internal sealed record BundleManifest(string? Name, IReadOnlyList<ArtifactRef> Roots, IReadOnlyList<BundleLayer> Layers)
{
    public const string RecordMediaType = "application/vnd.fairlead.record.v1+json";
    private const string NameKey = "dev.fairlead.name";
    private const string RootsKey = "dev.fairlead.artifacts";
    private const string PackKey = "dev.fairlead.pack";

    public static BundleLayer LayerOf(BundleFile file) => new(file.IsManifest ? TreeManifest.MediaType : OciManifest.BlobMediaType, file.Digest, file.Size);

    public byte[] Encode(ReadOnlyMemory<byte> config) =>
        Encoding.UTF8.GetBytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = OciManifest.MediaType,
            ["config"] = new JsonObject { ["mediaType"] = OciManifest.ConfigMediaType, ["digest"] = Digest.Of(config.Span).ToString(), ["size"] = config.Length },
            ["layers"] = new JsonArray([.. Layers.Select(Encode)]),
            ["annotations"] = new JsonObject { [RootsKey] = string.Join(' ', Roots.Select(Encode)), [NameKey] = Name },
        }.ToJsonString());

    /// <summary>Reads a manifest that may come from anywhere.</summary>
    /// <exception cref="FairleadException">Invalid: it is no bundle.</exception>
    public static BundleManifest Decode(byte[] bytes, string tag)
    {
        try
        {
            var document = JsonNode.Parse(bytes)!.AsObject();
            var annotations = document["annotations"]!.AsObject();
            var layers = document["layers"]!.AsArray().Select(layer => DecodeLayer(layer!.AsObject())).ToList();
            var roots = ((string)annotations[RootsKey]!).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(DecodeRoot).ToList();
            if (layers.Count == 0 || layers[0].MediaType != RecordMediaType)
                throw new FormatException("the first layer is no record");
            return new BundleManifest((string?)annotations[NameKey], roots, layers);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or NullReferenceException or ArgumentException or OverflowException)
        {
            throw new FairleadException(ProblemKind.Invalid, $"'{tag}' is nothing that Fairlead pushed ({e.Message}); name an artifact that 'fairlead push' brought there.", e);
        }
    }

    private static JsonNode Encode(BundleLayer layer)
    {
        var node = new JsonObject { ["mediaType"] = layer.MediaType, ["digest"] = layer.Digest.ToString(), ["size"] = layer.Size };
        if (layer.Pack is { } pack)
            node["annotations"] = new JsonObject { [PackKey] = pack.ToString() };
        return node;
    }

    private static BundleLayer DecodeLayer(JsonObject layer)
    {
        var size = (long)layer["size"]!;
        var mediaType = (string)layer["mediaType"]!;
        PackPart part = default;
        if (size < 0 || (mediaType == PackFile.MediaType && !PackPart.TryParse((string?)layer["annotations"]?[PackKey], out part)))
            throw new FormatException("a layer is not as it should be");
        return new BundleLayer(mediaType, Digest.Parse((string)layer["digest"]!), size, mediaType == PackFile.MediaType ? part : null);
    }

    private static string Encode(ArtifactRef root) => $"{(root.Kind == ArtifactKind.Tree ? "tree" : "blob")}:{root.Digest.Hex}:{root.Size.ToString(CultureInfo.InvariantCulture)}";

    private static ArtifactRef DecodeRoot(string text)
    {
        var parts = text.Split(':');
        if (parts.Length != 3 || parts[0] is not ("tree" or "blob"))
            throw new FormatException($"'{text}' is no artifact");
        return new ArtifactRef(parts[0] == "tree" ? ArtifactKind.Tree : ArtifactKind.Blob, Digest.Parse($"sha256:{parts[1]}"), long.Parse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture));
    }
}
