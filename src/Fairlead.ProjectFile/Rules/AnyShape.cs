namespace Fairlead.ProjectFile.Rules;

/// <summary>Whatever can be written as JSON.</summary>
internal sealed record AnyShape : Shape;
