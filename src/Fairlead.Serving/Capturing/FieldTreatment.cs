namespace Fairlead.Serving.Capturing;

/// <summary>What is written of a field.</summary>
internal enum FieldTreatment : byte
{
    Keep,
    Redact,
    Hash,
}
