using System.Text;
using System.Text.Json.Nodes;
using Fairlead.Artifacts.Trees;
using Fairlead.Domain.Artifacts;

namespace Fairlead.Artifacts.Names;

/// <summary>
/// An artifact as an OCI image, so that every registry and every OCI tool takes it: one layer for a blob;
/// for a tree the canonical manifest and then each file once. The config says nothing of a platform because data has none.
/// </summary>
internal static class OciManifest
{
    public const string MediaType = "application/vnd.oci.image.manifest.v1+json";
    public const string ConfigMediaType = "application/vnd.oci.image.config.v1+json";
    public const string BlobMediaType = "application/vnd.fairlead.blob.v1";

    public static byte[] Config(IEnumerable<(Digest Digest, long Size)> layers) =>
        Encode(new JsonObject
        {
            ["architecture"] = "unknown",
            ["os"] = "unknown",
            ["config"] = new JsonObject(),
            ["rootfs"] = new JsonObject
            {
                ["type"] = "layers",
                ["diff_ids"] = new JsonArray([.. layers.Select(l => (JsonNode)l.Digest.ToString())]),
            },
        });

    public static byte[] Manifest(
        ArtifactRef artifact, byte[] config, IReadOnlyList<(Digest Digest, long Size)> layers, IReadOnlyDictionary<string, string> annotations) =>
        Encode(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaType,
            ["config"] = Descriptor(ConfigMediaType, Digest.Of(config), config.Length),
            ["layers"] = new JsonArray([.. layers.Select((l, i) =>
                (JsonNode)Descriptor(artifact.Kind == ArtifactKind.Tree && i == 0 ? TreeManifest.MediaType : BlobMediaType, l.Digest, l.Size))]),
            ["annotations"] = new JsonObject(annotations.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => KeyValuePair.Create(a.Key, (JsonNode?)a.Value))),
        });

    private static JsonObject Descriptor(string mediaType, Digest digest, long size) =>
        new() { ["mediaType"] = mediaType, ["digest"] = digest.ToString(), ["size"] = size };

    private static byte[] Encode(JsonObject document) => Encoding.UTF8.GetBytes(document.ToJsonString());
}
