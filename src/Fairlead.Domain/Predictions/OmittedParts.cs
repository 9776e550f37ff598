namespace Fairlead.Domain.Predictions;

/// <summary>Parts of a request and its answer that were there and are not in the record.</summary>
[Flags]
public enum OmittedParts : byte
{
    None = 0,
    Inputs = 1,
    Outputs = 2,
}
