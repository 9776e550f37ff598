using System.Buffers;
using System.Text.Json;
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

    public static ReadOnlyMemory<byte> Config(IEnumerable<(Digest Digest, long Size)> layers) => Encode(json =>
    {
        json.WriteString("architecture"u8, "unknown"u8);
        json.WriteString("os"u8, "unknown"u8);
        json.WriteStartObject("config"u8);
        json.WriteEndObject();
        json.WriteStartObject("rootfs"u8);
        json.WriteString("type"u8, "layers"u8);
        json.WriteStartArray("diff_ids"u8);
        foreach (var (digest, _) in layers)
            WriteDigest(json, digest);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static ReadOnlyMemory<byte> Manifest(
        ArtifactRef artifact, ReadOnlyMemory<byte> config, IReadOnlyList<(Digest Digest, long Size)> layers, IReadOnlyDictionary<string, string> annotations) => Encode(json =>
    {
        json.WriteNumber("schemaVersion"u8, 2);
        json.WriteString("mediaType"u8, MediaType);
        json.WritePropertyName("config"u8);
        WriteDescriptor(json, ConfigMediaType, Digest.Of(config.Span), config.Length);
        json.WriteStartArray("layers"u8);
        for (var i = 0; i < layers.Count; i++)
            WriteDescriptor(json, artifact.Kind == ArtifactKind.Tree && i == 0 ? TreeManifest.MediaType : BlobMediaType, layers[i].Digest, layers[i].Size);
        json.WriteEndArray();
        json.WriteStartObject("annotations"u8);
        foreach (var (name, value) in annotations.OrderBy(annotation => annotation.Key, StringComparer.Ordinal))
            json.WriteString(name, value);
        json.WriteEndObject();
    });

    private static void WriteDescriptor(Utf8JsonWriter json, string mediaType, Digest digest, long size)
    {
        json.WriteStartObject();
        json.WriteString("mediaType"u8, mediaType);
        json.WritePropertyName("digest"u8);
        WriteDigest(json, digest);
        json.WriteNumber("size"u8, size);
        json.WriteEndObject();
    }

    private static void WriteDigest(Utf8JsonWriter json, Digest digest)
    {
        Span<byte> text = stackalloc byte[Digest.TextLength];
        digest.CopyTo(text);
        json.WriteStringValue(text);
    }

    private static ReadOnlyMemory<byte> Encode(Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return text.WrittenMemory;
    }
}
