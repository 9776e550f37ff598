namespace Fairlead.Load.Inputs;

/// <summary>One request to a command.</summary>
/// <param name="Path">With query, as the command gets it.</param>
/// <param name="ContentType">Null without a body, and where none is known.</param>
/// <param name="Unit">For whom it is asked, or null.</param>
internal sealed record CommandCall(string Method, string Path, string? ContentType, ReadOnlyMemory<byte> Body, string? Unit)
{
    public const string Json = "application/json";
}
