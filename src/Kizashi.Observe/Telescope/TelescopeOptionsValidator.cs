using Microsoft.Extensions.Options;

namespace Kizashi.Observe.Telescope;

/// <summary>Lists every fault of the telescope's options at once.</summary>
internal sealed class TelescopeOptionsValidator : IValidateOptions<TelescopeOptions>
{
    public ValidateOptionsResult Validate(string? name, TelescopeOptions options)
    {
        var faults = options.Validate();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
