using Fairlead.Domain.Artifacts;

namespace Fairlead.Web.Pages;

/// <summary>A file that pages link to.</summary>
/// <param name="Version">Start of its digest.</param>
internal sealed record PageAsset(string Name, string ContentType, byte[] Content, string Version)
{
    public string Path => $"/assets/{Name}?v={Version}";

    public static PageAsset Read(string name, string contentType)
    {
        using var stream = typeof(PageAsset).Assembly.GetManifestResourceStream($"Fairlead.Web.Assets.{name}")
            ?? throw new InvalidOperationException($"The assembly lacks the file '{name}'.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new PageAsset(name, contentType, content, Digest.Of(content).Short);
    }
}
