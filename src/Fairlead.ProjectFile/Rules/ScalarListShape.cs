namespace Fairlead.ProjectFile.Rules;

/// <summary>A list of strings, numbers and booleans with one at least, no two of them spelled alike.</summary>
/// <param name="Item">Of their text.</param>
internal sealed record ScalarListShape(TextFormat Item) : Shape;
