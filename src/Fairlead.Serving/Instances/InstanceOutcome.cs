namespace Fairlead.Serving.Instances;

/// <summary>What a request says of the instance that it went to.</summary>
internal enum InstanceOutcome
{
    /// <summary>It answered, with a status below 500; or the client left.</summary>
    Answered,

    /// <summary>It answered with a status from 500 up.</summary>
    Error,

    /// <summary>It took no connection, or did not answer to the end.</summary>
    Failed,
}
