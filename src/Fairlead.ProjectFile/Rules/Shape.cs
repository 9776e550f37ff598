namespace Fairlead.ProjectFile.Rules;

/// <summary>What a value must look like. The reader's checks and the JSON Schema are both made from shapes.</summary>
internal abstract record Shape;
