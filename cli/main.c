#include <stdio.h>

int main(void)
{
    puts("omland");
    return 0;
}
