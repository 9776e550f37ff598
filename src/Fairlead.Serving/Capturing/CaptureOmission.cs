namespace Fairlead.Serving.Capturing;

/// <summary>Why something is not in the log; each is counted.</summary>
internal enum CaptureOmission
{
    /// <summary>The request, by the service's sample.</summary>
    Sampled,

    /// <summary>The request: the log could not take it, since the disk is full.</summary>
    Lost,

    /// <summary>Its inputs or outputs: they are longer than what is kept.</summary>
    TooLong,

    /// <summary>Its body or the answer's: it could not be searched for the fields that are redacted or hashed.</summary>
    Unreadable,
}
