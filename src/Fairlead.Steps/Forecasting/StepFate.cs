namespace Fairlead.Steps.Forecasting;

public enum StepFate
{
    /// <summary>A recorded run stands for it.</summary>
    Cached,

    /// <summary>It would be executed.</summary>
    Execute,

    /// <summary>It reads what is executed first: it is executed unless that comes out as it was.</summary>
    Depends,

    /// <summary>Its condition does not hold, or what it needs is not wanted.</summary>
    Unwanted,
}
