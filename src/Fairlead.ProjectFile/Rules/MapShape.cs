namespace Fairlead.ProjectFile.Rules;

/// <summary>Values by names that the project chooses.</summary>
/// <param name="Thing">What a name names, for messages: "step".</param>
/// <param name="IgnoresCase">Two names may not differ in case alone, since the step meets them where case is lost.</param>
internal sealed record MapShape(string Thing, TextFormat Name, Shape Value, bool IgnoresCase = false) : Shape;
