namespace Fairlead.Web.Pages.Views;

/// <summary>A stage in the drawing of an execution.</summary>
public sealed record ExecutionNode(string Name, string Anchor, string Status, int X, int Y, int Stroke)
{
    private const int Padding = 10;

    public int TextX => X + Padding;

    public int NameY => Y + 19;

    public int StatusY => Y + 37;
}
