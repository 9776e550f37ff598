namespace Fairlead.Triggers.Registries;

/// <summary>A tag in a registry.</summary>
/// <param name="Registry">Host, and port where it has one.</param>
internal sealed record ImageName(string Registry, string Repository, string Tag)
{
    /// <param name="text">Checked when the project file was read.</param>
    public static ImageName Parse(string text)
    {
        var (slash, colon) = (text.IndexOf('/', StringComparison.Ordinal), text.LastIndexOf(':'));
        return new ImageName(text[..slash], text[(slash + 1)..colon], text[(colon + 1)..]);
    }

    public override string ToString() => $"{Registry}/{Repository}:{Tag}";
}
