using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Fairlead.Web.Pages;

/// <summary>The files that pages link to, embedded in the assembly.</summary>
internal static class PageAssets
{
    private static readonly FrozenDictionary<string, PageAsset> Assets = new[]
    {
        PageAsset.Read("fairlead.css", "text/css; charset=utf-8"),
        PageAsset.Read("fairlead.svg", "image/svg+xml"),
    }.ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);

    /// <summary>Changes with the content, so that a browser may keep what it has.</summary>
    public static string StyleSheet { get; } = Assets["fairlead.css"].Path;

    public static string Icon { get; } = Assets["fairlead.svg"].Path;

    public static Results<FileContentHttpResult, NotFound> Serve(string name, HttpResponse response)
    {
        if (!Assets.TryGetValue(name, out var asset))
            return TypedResults.NotFound();
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Bytes(asset.Content, asset.ContentType, entityTag: new EntityTagHeaderValue($"\"{asset.Version}\""));
    }
}
