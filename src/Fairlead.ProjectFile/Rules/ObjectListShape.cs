namespace Fairlead.ProjectFile.Rules;

/// <summary>A list of objects, one at least.</summary>
/// <param name="Thing">What one of them is, for messages: "stage".</param>
internal sealed record ObjectListShape(string Thing, ObjectShape Item) : Shape;
