namespace Fairlead.Web.Contracts;

/// <summary>Writes something about a run.</summary>
public sealed record NoteBody(string? Text, string? User);
